export default { displayName: 'raw-storage', preset: '../../jest.preset.mjs' };
