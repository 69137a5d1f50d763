import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { InvalidRequest, fault } from './faults.js';
import { LARGEST_WHOLE, wholeText } from './kinds.js';

/** Stands for an id that nothing has. */
export const NOTHING_HAS_IT = -1;

/** An id in a path; one that no row can have becomes -1. @throws InvalidRequest for anything but a whole number */
@Injectable()
export class PathId implements PipeTransform<string, number> {
  transform(value: string, { data }: ArgumentMetadata): number {
    const id = wholeText(value);
    if (id === null) throw new InvalidRequest([fault('int_parsing', ['path', data ?? ''], 'Input should be a valid integer, unable to parse string as an integer', value)]);
    return id > 0 && id <= LARGEST_WHOLE ? id : NOTHING_HAS_IT;
  }
}

/** An id in a path, or the natural key of the same thing, `~KEY`. @throws as `PathId` */
@Injectable()
export class PathReference implements PipeTransform<string, string> {
  private readonly id = new PathId();

  transform(value: string, metadata: ArgumentMetadata): string {
    return value.startsWith('~') ? value : String(this.id.transform(value, metadata));
  }
}
