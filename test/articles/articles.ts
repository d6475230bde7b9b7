/** The articles that are replayed. */
import type { Article } from './figure.ts'
import { DUMISAKE, JAMBI } from './jambi.ts'
import { TANAH_BUMBU } from './tanah-bumbu.ts'
import { TANGERANG } from './tangerang.ts'

export const ARTICLES: readonly Article[] = [JAMBI, DUMISAKE, TANGERANG, TANAH_BUMBU]
