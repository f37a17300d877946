import { createRoute, z } from '@hono/zod-openapi';

const Thing = z.object({
  a: z.uuid().array().min(1).max(4),
  b: z.array(z.array(z.number())).length(2),
  c: z.tuple([z.string(), z.number()]),
  d: z.tuple([z.string()]).rest(z.boolean()),
  e: z.array(z.unknown()),
});

export const get = createRoute({
  method: 'get',
  path: '/things',
  responses: { 200: { description: 'ok', content: { 'application/json': { schema: Thing } } } },
});
