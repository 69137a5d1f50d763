export default { displayName: 'standalone', preset: '../../jest.preset.mjs' };
