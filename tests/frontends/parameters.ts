import { createRoute, z } from '@hono/zod-openapi';


const Ids = z.object({ thingId: z.uuid().openapi({ param: { name: 'thingId', in: 'path' } }) });

export const get = createRoute({
  method: 'get',
  path: '/things/{thingId}/parts/{part}',
  request: {
    params: Ids.extend({ part: z.coerce.number().int().positive() }),
    query: z.object({
      q: z.string(),
      page: z.coerce.number().default(1),
      tags: z.array(z.string()).optional(),
      ids: z.array(z.coerce.number()).openapi({ param: { style: 'pipeDelimited', explode: false } }).optional(),
      csv: z.array(z.string()).optional().openapi({ param: { explode: false } }),
      range: z
        .object({ min: z.coerce.number().optional() })
        .optional()
        .openapi({ param: { style: 'deepObject', explode: true } }),
      active: z.coerce.boolean().optional().openapi({ param: { deprecated: true, description: 'Old.' } }),
    }),
    headers: [z.object({ 'x-request-id': z.uuid().optional() })],
    cookies: z.object({ theme: z.enum(['dark', 'light']).optional() }),
  },
  responses: { 204: { description: 'ok' } },
});
