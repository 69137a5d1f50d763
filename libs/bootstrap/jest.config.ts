export default { displayName: 'bootstrap', preset: '../../jest.preset.mjs' };
