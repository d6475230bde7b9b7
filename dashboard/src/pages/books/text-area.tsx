/** A field for more than a line. */
import { FieldError, Label, Text, TextArea, TextField } from 'react-aria-components'

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
      <TextArea />
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="form-problem" />
    </TextField>
  )
}
