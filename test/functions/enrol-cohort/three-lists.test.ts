/** Three lists of one program, told whole: every fact, contact, row, bill and step of the program that stands in the end. */
import { expect, test } from 'vitest'
import { standing, story } from './three-lists.ts'

test('what three lists that correct each other leave behind', async () => {
  const told = Object.entries(await standing(await story(async () => {}))).flatMap(([name, all]) => [
    `# ${name}`,
    ...[all].flat().map((each) => JSON.stringify(each)),
    '',
  ])
  await expect(told.join('\n')).toMatchFileSnapshot('three-lists.txt')
})
