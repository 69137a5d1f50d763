export default { displayName: 'timing-providers', preset: '../../jest.preset.mjs' };
