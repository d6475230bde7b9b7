/**
 * `npm run articles [-- --only Jambi] [-- --small]`: replays what the press wrote of sponsored workers, with as many people and
 * villages as it counts, through the hub's own use cases, and prints each figure beside what came out. Exit code 1 when one differs.
 */
import { parseArgs } from 'node:util'
import { round, tableText } from '../../bench/report.ts'
import { ARTICLES } from './articles.ts'
import { type Article, sameFigure } from './figure.ts'

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, small: { type: 'boolean', default: false } },
})
const chosen = ARTICLES.filter(({ name }) => name.toLowerCase().includes(values.only.toLowerCase()))
if (chosen.length === 0) throw new RangeError('expected --only to be a part of an article’s name, none has it')
for (const article of chosen) await replay(article)

async function replay({ name, says, chosen, replay, full, small }: Article): Promise<void> {
  const startedAt = performance.now()
  const figures = await replay(values.small ? small : full)
  const seconds = round((performance.now() - startedAt) / 1_000, 1)
  console.log(`${name}: ${says}\nchosen: ${chosen}\n`)
  const rows = figures.map((figure) => [
    figure.figure,
    figure.origin,
    figure.expected,
    figure.came,
    sameFigure(figure) ? 'yes' : 'NO',
  ])
  console.log(`${tableText(['figure', 'from', 'expected', 'came out', 'same'], rows)}\n`)
  const differing = figures.filter((figure) => !sameFigure(figure)).length
  console.log(`${figures.length - differing} of ${figures.length} figures as expected, in ${seconds} s\n`)
  if (differing > 0) process.exitCode = 1
}
