/** The calls about what channels owe: open items and charges, each as a list and by age. */
import { type Route, route } from '../http/route.ts'
import { ageingSchema, chargesSchema, owedQuery, receivablesSchema } from './ageing-schemas.ts'
import { ageChannelCharges, ageReceivables, listChannelCharges, listReceivables } from './owed-by-channels.ts'

export const AGEING_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/receivables',
    operationId: 'listReceivables',
    permission: 'read',
    summary: 'What channels owe by the open items of their days, at any age, the oldest first',
    description: 'From the latest statement of each day; a day has its first one the morning after it.',
    query: owedQuery,
    responses: { 200: receivablesSchema },
    problems: ['INVALID_INPUT'],
    handle: listReceivables,
  }),
  route({
    method: 'GET',
    path: '/api/ageing/receivables',
    operationId: 'ageReceivables',
    permission: 'read',
    summary: 'What channels owe, by channel and age of the business day',
    responses: { 200: ageingSchema },
    handle: ageReceivables,
  }),
  route({
    method: 'GET',
    path: '/api/channel-charges',
    operationId: 'listChannelCharges',
    permission: 'read',
    summary: 'What resolutions charged to channels and they have not paid, the oldest first',
    description:
      'A movement of the bank that two people placed on a charge pays it, in part or whole; a charge that is paid is left out.',
    query: owedQuery,
    responses: { 200: chargesSchema },
    problems: ['INVALID_INPUT'],
    handle: listChannelCharges,
  }),
  route({
    method: 'GET',
    path: '/api/ageing/channel-charges',
    operationId: 'ageChannelCharges',
    permission: 'read',
    summary: 'What resolutions charged to channels and is open, by channel and age since it was charged',
    responses: { 200: ageingSchema },
    handle: ageChannelCharges,
  }),
]
