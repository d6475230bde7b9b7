/** The press's figures come out of the hub: here with few people, with all of them in `npm run articles`. */
import { describe, expect, test } from 'vitest'
import { ARTICLES } from './articles.ts'
import { listOf, nikOf, villagesOf } from './invented-people.ts'

describe('an article replayed with few people', () => {
  test.each(ARTICLES.map((article) => [article.name, article] as const))('%s comes out', async (_, article) => {
    const figures = await article.replay(article.small)
    expect(figures.map(({ figure, came }) => [figure, came])).toEqual(
      figures.map(({ figure, expected }) => [figure, expected]),
    )
    expect(figures.some(({ origin }) => origin === 'article')).toBe(true)
  })
})

describe('invented people', () => {
  test('are as many as an article counts, and nobody twice', () => {
    const villages = villagesOf(['15.01', '15.71'], 1_562, 78_000)
    expect(villages.filter(({ persons }) => persons === 50)).toHaveLength(1_462)
    expect(villages.filter(({ persons }) => persons === 49)).toHaveLength(100)
    expect(new Set(villages.map(({ regionCode }) => regionCode)).size).toBe(1_562)
    const rows = listOf(villages).trimEnd().split('\n').slice(1)
    expect(new Set(rows.map((row) => row.slice(0, 16))).size).toBe(78_000)
  })

  test('have numbers that fit their regency', () => {
    expect(nikOf(0, '15.71.01.1001')).toBe('1571010101700001')
    expect(nikOf(1, '63.10.01.2001')).toBe('6310014101700002')
  })
})
