import { useDraft } from '../../../../lib/draft';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { usePut } from '../../../../lib/use-call';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { confirm } from '../../../../ui/dialog';
import { Field, TextArea } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';
import { troubleWords } from '../../../../ui/trouble';

type Notice = ReplyFrom<'privacy.notices'>['items'][number];

/** Begins with the words of the version before; published, everybody is asked again from that moment on. */
export function NewNotice({ from, onDone }: { from: Notice; onDone: () => void }) {
  const draft = useDraft(`notice.${from.version + 1}`, { sections: from.sections, summary: '' });
  const put = usePut('privacy.publishNotice');
  const { sections, summary } = draft.fields;
  const change = (index: number, words: string) =>
    draft.change({ sections: sections.map((each, at) => (at === index ? { ...each, words } : each)) });
  const publish = async () => {
    const sure = await confirm({
      title: '现在发布吗？',
      words: '发布以后不能改。所有人下次打开时会再问一次同不同意。',
      yes: '发布',
      no: '再看看',
    });
    if (!sure) return;
    const effectiveAt = new Date().toISOString();
    put.mutate(
      { params: { noticeId: draft.id }, body: { sections, summary, effectiveAt } },
      {
        onSuccess: () => {
          draft.clear();
          toast('发布了');
          onDone();
        },
        onError: (error) => toast(troubleWords(error)),
      },
    );
  };
  return (
    <>
      <Card title={`第 ${from.version + 1} 版`}>
        <Field
          label="改了什么？大家会先看到这一句"
          value={summary}
          example="比如：加了县里的投诉电话"
          onChange={(words) => draft.change({ summary: words })}
          maxLength={300}
        />
      </Card>
      {sections.map(({ title, words }, index) => (
        <Card key={title}>
          <TextArea label={title} value={words} onChange={(typed) => change(index, typed)} maxLength={600} />
        </Card>
      ))}
      <Button look="main" busy={put.isPending} onPress={() => void publish()}>
        发布新的一版
      </Button>
      <Button look="text" onPress={onDone}>
        先不发布，草稿留着
      </Button>
    </>
  );
}
