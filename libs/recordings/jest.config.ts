export default { displayName: 'recordings', preset: '../../jest.preset.mjs' };
