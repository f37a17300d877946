import { createRoute, z } from '@hono/zod-openapi';

const Thing = z.object({
  a: z.number().finite(),
  b: z.int(),
  c: z.int32(),
  d: z.uint32(),
  e: z.number().int().positive(),
  f: z.float64().gt(-1.5).lt(2),
  g: z.number().step(0.25),
  h: z.number().nonpositive(),
  i: z.number().min(1, 'too small').int().lte(65_535, { error: 'too big' }),
  j: z.number().check(z.nonnegative()),
});

export const get = createRoute({
  method: 'get',
  path: '/things',
  responses: { 200: { description: 'ok', content: { 'application/json': { schema: Thing } } } },
});
