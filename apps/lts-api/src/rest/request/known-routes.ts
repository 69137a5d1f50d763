import { type INestApplication, Injectable } from '@nestjs/common';
import { isFastify } from './fastify-app.js';

/** All routes of the API, to tell a wrong method from a wrong path. Filled once, at start. */
@Injectable()
export class KnownRoutes {
  private readonly routes: { methods: readonly string[]; path: RegExp }[] = [];

  add(methods: readonly string[], pattern: string): void {
    if (pattern.includes('*')) return;
    this.routes.push({ methods, path: new RegExp(`^${pattern.replaceAll(/:\w+/g, '[^/]+')}/?$`) });
  }

  /** True when the address has a route, but of another method. */
  hasOther(method: string, url: string): boolean {
    const [path = ''] = url.split('?');
    return this.routes.some((route) => !route.methods.includes(method) && route.path.test(path));
  }
}

/** Learns every route that the application is about to make. */
export function rememberRoutes(app: INestApplication): void {
  if (!isFastify(app)) return;
  const routes = app.get(KnownRoutes);
  app.getHttpAdapter().getInstance().addHook('onRoute', ({ method, url }) => routes.add([method].flat(), url));
}
