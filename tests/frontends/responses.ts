import { createRoute, z } from '@hono/zod-openapi';


const HTTP = { OK: 200, NO_CONTENT: 204 } as const;
const Problem = z.object({ title: z.string() });
const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema: Problem } } });
const problems = { '4XX': problem('yours'), default: problem('ours') };

export const remove = createRoute({
  method: 'delete',
  path: '/things',
  operationId: 'removeThings',
  summary: 'Remove',
  description: 'All of them.',
  tags: ['things', 'admin'],
  deprecated: true,
  responses: {
    [HTTP.OK]: {
      description: 'ok',
      headers: z.object({ 'X-Count': z.number().describe('How many.'), 'X-Next': z.url().optional() }),
      content: { 'text/event-stream': { schema: z.string() } },
    },
    201: { description: 'made', headers: { Location: { description: 'Where.', schema: { type: 'string' } } } },
    [HTTP.NO_CONTENT]: { description: 'nothing' },
    ...problems,
  } satisfies object,
});
