export default { displayName: 'ws-listener', preset: '../../jest.preset.mjs' };
