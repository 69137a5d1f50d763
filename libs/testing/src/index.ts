export { describeWithRecordings, recordingsFolder } from './recordings-folder.js';
