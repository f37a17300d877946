import { createRoute, z } from '@hono/zod-openapi';

const Thing = z.object({
  a: z.object({ x: z.string() }).strict(),
  b: z.looseObject({ x: z.string() }),
  c: z.object({ x: z.string() }).catchall(z.number()),
  d: z.record(z.string(), z.string().max(3)),
  e: z.record(z.enum(['x', 'y']), z.boolean()),
  f: z.partialRecord(z.literal('x'), z.boolean()),
  g: z.strictObject({ x: z.string() }).strip(),
});

export const get = createRoute({
  method: 'get',
  path: '/things',
  responses: { 200: { description: 'ok', content: { 'application/json': { schema: Thing } } } },
});
