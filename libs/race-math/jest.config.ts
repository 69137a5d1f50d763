export default { displayName: 'race-math', preset: '../../jest.preset.mjs' };
