import { createRoute, z } from '@hono/zod-openapi';

export const listBooks = createRoute({
  method: 'get',
  path: '/books',
  tags: ['books'],
  responses: { 204: { description: 'Done.' } },
});

export const listOrders = createRoute({
  method: 'get',
  path: '/orders',
  tags: ['orders'],
  responses: { 204: { description: 'Done.' } },
});
