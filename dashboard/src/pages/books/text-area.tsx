/** A field for more than a line. */
import { Label, TextArea, TextField } from 'react-aria-components'
import { FieldBody } from '../../ui/fields.tsx'

export function LongText({
  label,
  value,
  onChange,
  hint,
  maxLength,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: string
  readonly maxLength: number
}) {
  return (
    <TextField className="field" value={value} onChange={onChange} maxLength={maxLength} isRequired>
      <Label>{label}</Label>
      <FieldBody hint={hint} isOfDigits={false}>
        <TextArea />
      </FieldBody>
    </TextField>
  )
}
