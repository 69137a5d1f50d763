export default { displayName: 'feed-intake', preset: '../../jest.preset.mjs' };
