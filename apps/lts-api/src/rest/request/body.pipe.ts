import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { isBodyClass, readBody } from './fields.js';

/** Reads each body that is a class of declared fields; others go on as they are. */
@Injectable()
export class BodyPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    return type === 'body' && isBodyClass(metatype) ? readBody(metatype, value) : value;
  }
}
