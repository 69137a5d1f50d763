export default { displayName: 'kafka-check', preset: '../../jest.preset.mjs' };
