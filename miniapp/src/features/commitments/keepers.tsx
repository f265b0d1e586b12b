import { commitmentLimits, isPersonal } from '@sandan/shared/commitments/commitment.words';
import type { KeepersDraft } from './keepers-draft';
import { KeepersField } from './keepers-field';

interface KeepersProps {
  readonly roundId: string;
  readonly fields: KeepersDraft;
  readonly errors: Readonly<Record<string, string | undefined>>;
  readonly onChange: (some: Partial<Pick<KeepersDraft, 'responsible' | 'helpers'>>) => void;
}

/** Who answers for it, and who does it together with him. */
export const Keepers = ({ roundId, fields, errors, onChange }: KeepersProps) => (
  <>
    {!isPersonal(fields.kind) && (
      <KeepersField
        label="谁来负责？"
        hint={fields.responsible ? '' : '不选就是您自己。'}
        error={errors['responsibleId']}
        roundId={roundId}
        people={fields.responsible ? [fields.responsible] : []}
        most={1}
        verb={fields.responsible ? '换一个人' : '选一个人'}
        onChange={([responsible = null]) => onChange({ responsible })}
      />
    )}
    <KeepersField
      label="谁一起办？"
      hint="可以不选。他们也能记进展。"
      error={errors['helperIds']}
      roundId={roundId}
      people={fields.helpers}
      most={commitmentLimits.helpers}
      verb={fields.helpers.length === 0 ? '加上人' : '改一改'}
      onChange={(helpers) => onChange({ helpers })}
    />
  </>
);
