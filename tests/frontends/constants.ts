import { createRoute, z } from '@hono/zod-openapi';

const MIN = 2;
const LIMITS = { title: { max: MIN * 10 + 1 }, list: 1 << 3 } as const;
const PREFIX = 'tag' + '_';
const stamps = { createdAt: z.iso.datetime() };
const oneOf = <const T extends string[]>(...values: T) => z.enum(values);
const atMost = (max: number = 8) => z.array(z.string()).max(max);
function page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), total: z.number() });
}
const Item = z.object({ x: z.string() });
const Thing = z.object({
  title: z.string().min(MIN).max(LIMITS.title['max']),
  tag: z.string().regex(new RegExp(`^${PREFIX}`)),
  ...stamps,
  list: atMost(LIMITS.list),
  other: atMost(),
  choice: oneOf('x', 'y'),
  page: page(Item),
});

export const get = createRoute({
  method: 'get',
  path: '/things',
  responses: { 200: { description: 'ok', content: { 'application/json': { schema: Thing } } } },
});
