import { createRoute, z } from '@hono/zod-openapi';

const Thing = z.object({
  optional: z.string().optional(),
  nullable: z.nullable(z.string()),
  nullish: z.string().nullish(),
  defaulted: z.string().default('red'),
  fromFunction: z.int32().default(() => 3),
  emptyList: z.array(z.string()).prefault([]),
  nonoptional: z.optional(z.boolean()).nonoptional(),
  always: z.null().exactOptional(),
});

export const get = createRoute({
  method: 'get',
  path: '/things',
  responses: { 200: { description: 'ok', content: { 'application/json': { schema: Thing } } } },
});
