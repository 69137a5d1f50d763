export default { displayName: 'env', preset: '../../jest.preset.mjs' };
