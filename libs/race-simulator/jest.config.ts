export default { displayName: 'race-simulator', preset: '../../jest.preset.mjs' };
