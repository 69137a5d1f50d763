export default { displayName: 'parser', preset: '../../jest.preset.mjs' };
