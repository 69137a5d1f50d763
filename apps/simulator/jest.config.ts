export default { displayName: 'simulator', preset: '../../jest.preset.mjs' };
