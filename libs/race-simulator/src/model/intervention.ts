/** Something that race control will do. A false restart ends a suspension and is one again. */
export interface Intervention {
  kind: 'yellow' | 'safety-car' | 'suspension' | 'false-restart' | 'all-clear' | 'seconds' | 'lap-penalty' | 'passage' | 'warning' | 'lap-taken' | 'lap-given';
  atMs: number;
}
