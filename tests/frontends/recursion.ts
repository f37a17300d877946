import { createRoute, z } from '@hono/zod-openapi';

type Tree = { name: string; children: Tree[] };
const TreeSchema: z.ZodType<Tree> = z.lazy(() => z.object({ name: z.string(), children: z.array(TreeSchema) }));
const User = z.object({
  get posts() {
    return z.array(Post).max(3);
  },
});
const Post = z.object({
  get author() {
    return User.optional();
  },
  get next(): z.ZodNullable<typeof Post> {
    return Post.nullable();
  },
});
const Thing = z.object({ tree: TreeSchema, user: User });

export const get = createRoute({
  method: 'get',
  path: '/things',
  responses: { 200: { description: 'ok', content: { 'application/json': { schema: Thing } } } },
});
