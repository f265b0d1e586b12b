import { useState } from 'react';
import type { Commitment } from '../../../../features/commitments/commitment';
import { contentBody, contentOf, missingInContent } from '../../../../features/commitments/content-draft';
import { Keepers } from '../../../../features/commitments/keepers';
import { keepersBody, keepersOf } from '../../../../features/commitments/keepers-draft';
import { ContentFields } from '../../../../features/commitments/content-fields';
import { fieldErrors } from '../../../../features/orders/act-sheet';
import { useDraft } from '../../../../lib/draft';
import { goBack } from '../../../../lib/navigation';
import { useAct } from '../../../../lib/use-call';
import { Button } from '../../../../ui/button';
import { Page } from '../../../../ui/page';
import { toast } from '../../../../ui/toast';
import { troubleWords } from '../../../../ui/trouble';
import { Resumed } from '../../../../ui/resumed';
import { DraftFoot } from './draft-foot';

interface RewriteFormProps {
  readonly commitment: Commitment;
  readonly lastDay: string;
}

/** 修改 of what nobody has approved yet. */
export function RewriteForm({ commitment, lastDay }: RewriteFormProps) {
  const [empty] = useState(() => ({ ...contentOf(commitment), ...keepersOf(commitment) }));
  const draft = useDraft(`rewrite.${commitment.id}.${commitment.version}`, empty);
  const act = useAct('commitments.rewrite', { commitmentId: commitment.id });
  const [tried, setTried] = useState(false);
  const missing = missingInContent(draft.fields);

  const rewrite = () => {
    setTried(true);
    const [first] = Object.values(missing);
    if (first !== undefined) return toast(first);
    const onSuccess = () => {
      draft.clear();
      toast('改好了');
      void goBack();
    };
    act.mutate({ content: contentBody(draft.fields), ...keepersBody(draft.fields) }, { onSuccess });
  };
  return (
    <Page
      title="改承诺"
      bottom={
        <DraftFoot trouble={act.error ? troubleWords(act.error) : null}>
          <Button look="main" busy={act.isPending} onPress={rewrite}>
            改好了
          </Button>
        </DraftFoot>
      }
    >
      {draft.resumed && <Resumed onForget={draft.clear} />}
      <ContentFields
        kind={commitment.kind}
        fields={draft.fields}
        errors={{ ...(tried ? missing : {}), ...fieldErrors(act.error) }}
        lastDay={lastDay}
        onChange={draft.change}
      />
      <Keepers
        roundId={commitment.roundId}
        fields={draft.fields}
        errors={fieldErrors(act.error)}
        onChange={draft.change}
      />
    </Page>
  );
}
