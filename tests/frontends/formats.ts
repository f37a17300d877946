import { createRoute, z } from '@hono/zod-openapi';

const Thing = z.object({
  a: z.uuid(),
  b: z.iso.datetime({ offset: true }),
  c: z.string().date(),
  d: z.email(),
  e: z.url(),
  f: z.ipv4(),
  g: z.ipv6(),
  h: z.base64(),
  i: z.iso.duration(),
  j: z.hostname(),
  k: z.string().openapi({ format: 'password' }),
  l: z.string().email('no address').max(80),
  m: z.e164(),
});

export const get = createRoute({
  method: 'get',
  path: '/things',
  responses: { 200: { description: 'ok', content: { 'application/json': { schema: Thing } } } },
});
