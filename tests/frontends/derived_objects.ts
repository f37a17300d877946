import { createRoute, z } from '@hono/zod-openapi';

const Base = z.object({
  id: z.string(),
  title: z.string().min(3),
  body: z.string().optional(),
  views: z.number().default(0),
});
const Thing = z.object({
  base: Base,
  picked: Base.pick({ id: true, body: true }),
  omitted: Base.omit({ title: true, body: true }),
  partial: Base.pick({ id: true, title: true }).partial({ id: true }),
  required: Base.pick({ body: true }).required(),
  extended: Base.pick({ id: true, title: true }).extend({ id: z.number(), more: z.boolean() }),
  spread: z.object({ ...Base.shape, id: z.boolean() }),
  member: Base.shape.title.max(9),
  key: Base.keyof(),
});

export const get = createRoute({
  method: 'get',
  path: '/things',
  responses: { 200: { description: 'ok', content: { 'application/json': { schema: Thing } } } },
});
