export default { displayName: 'init-lock', preset: '../../jest.preset.mjs' };
