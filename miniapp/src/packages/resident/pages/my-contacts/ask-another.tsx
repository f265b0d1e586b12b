import { useState } from 'react';
import { ActSheet } from '../../../../features/orders/act-sheet';
import { useDraft } from '../../../../lib/draft';
import { useAct } from '../../../../lib/use-call';
import { TextArea } from '../../../../ui/field';
import { Row } from '../../../../ui/row';
import { toast } from '../../../../ui/toast';

const empty = { words: '' };

/** 想换一位: no reason is asked for; a wish may be written. */
export function AskAnother() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Row icon="refresh-cw" title="想换一位联系党员" words="不用说原因" onPress={() => setOpen(true)} />
      {open && <AskSheet onClose={() => setOpen(false)} />}
    </>
  );
}

function AskSheet({ onClose }: { onClose: () => void }) {
  const act = useAct('householdLinks.askAnother', undefined);
  const draft = useDraft('askAnother', empty);
  const words = draft.fields.words.trim();
  const ask = () =>
    act.mutate(words === '' ? {} : { words }, {
      onSuccess: () => {
        draft.clear();
        toast('收到了，书记会给您安排');
        onClose();
      },
    });
  return (
    <ActSheet title="想换一位联系党员" yes="请书记安排" doing={act} onYes={ask} onClose={onClose}>
      <TextArea
        label="有什么想说的？"
        hint="可以不写。只有支部书记看得到。"
        maxLength={200}
        value={draft.fields.words}
        onChange={(value) => draft.change({ words: value })}
      />
    </ActSheet>
  );
}
