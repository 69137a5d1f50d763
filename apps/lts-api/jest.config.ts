export default { displayName: 'lts-api', preset: '../../jest.preset.mjs' };
