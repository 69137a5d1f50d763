export default { displayName: 'api-sender', preset: '../../jest.preset.mjs' };
