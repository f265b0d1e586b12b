import { useState } from 'react';
import { CorrectionCard } from '../../../../features/privacy/correction-card';
import { valueWords } from '../../../../features/privacy/correction-words';
import { useWhose } from '../../../../features/privacy/whose';
import { useDraft } from '../../../../lib/draft';
import { useCall, usePut } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Field } from '../../../../ui/field';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { Sheet } from '../../../../ui/sheet';
import { toast } from '../../../../ui/toast';
import { troubleWords } from '../../../../ui/trouble';
import { ValueField, type Line } from './value-field';

/** 更正: what stands in the roster about me, and what I have asked to be put right. */
export default function CorrectionsPage() {
  const { of, child } = useWhose();
  const mine = useCall('privacy.myCorrections', { query: of });
  const now = useNow();
  const [line, setLine] = useState<Line | null>(null);
  return (
    <Page title={`更正${child ?? '我'}的信息`}>
      <Await query={mine}>
        {({ roster, items }) => (
          <>
            <Card bare title="登记的是这样，哪里不对点哪里">
              {roster.map((each) => (
                <Row
                  key={each.field}
                  title={each.name}
                  words={valueWords(each.field, each.value, now)}
                  onPress={() => setLine(each)}
                />
              ))}
            </Card>
            {items.map((item) => (
              <CorrectionCard key={item.id} correction={item} />
            ))}
          </>
        )}
      </Await>
      {line && <AskSheet line={line} of={of} onClose={() => setLine(null)} />}
    </Page>
  );
}

const empty = { value: '', words: '' };

function AskSheet({ line, of, onClose }: { line: Line; of: { personId?: string }; onClose: () => void }) {
  const draft = useDraft(`correction.${of.personId ?? 'own'}.${line.field}`, empty);
  const put = usePut('privacy.askCorrection');
  const { value, words } = draft.fields;
  const send = () => {
    const body = { ...of, field: line.field, value, ...(words.trim() === '' ? {} : { words }) };
    put.mutate(
      { params: { correctionId: draft.id }, body },
      {
        onSuccess: () => {
          draft.clear();
          toast('交上去了，村里核对后会告诉您');
          onClose();
        },
        onError: (error) => toast(faultOf(error)),
      },
    );
  };
  return (
    <Sheet
      title={`更正${line.name}`}
      open
      onClose={onClose}
      foot={
        <Button look="main" busy={put.isPending} onPress={send}>
          请村里核对
        </Button>
      }
    >
      <ValueField field={line.field} value={value} onChange={(given) => draft.change({ value: given })} />
      <Field
        label="说明"
        hint="可以不写"
        value={words}
        example="比如：换号了"
        onChange={(typed) => draft.change({ words: typed })}
        maxLength={200}
      />
    </Sheet>
  );
}

/** The server says which field and what to do. */
function faultOf(error: unknown): string {
  const fields = (error as { fields?: Readonly<Record<string, string>> }).fields;
  return Object.values(fields ?? {})[0] ?? troubleWords(error);
}
