export default { displayName: 'apex-parser', preset: '../../jest.preset.mjs' };
