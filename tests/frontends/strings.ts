import { createRoute, z } from '@hono/zod-openapi';

const Thing = z.object({
  a: z.string().min(3).max(8),
  b: z.string().length(4, 'four'),
  c: z.string().nonempty(),
  d: z.string().regex(/^[a-z]+$/u),
  e: z.string().startsWith('a.b'),
  f: z.string().endsWith('$'),
  g: z.string().check(z.includes('@')),
  h: z.string().lowercase(),
  i: z.string().regex(new RegExp('^usr_[0-9]+$')),
});

export const get = createRoute({
  method: 'get',
  path: '/things',
  responses: { 200: { description: 'ok', content: { 'application/json': { schema: Thing } } } },
});
