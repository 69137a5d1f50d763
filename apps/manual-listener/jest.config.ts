export default { displayName: 'manual-listener', preset: '../../jest.preset.mjs' };
