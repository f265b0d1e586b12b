import { useCall, usePut } from '../../lib/use-call';
import { Card } from '../../ui/card';
import { confirm } from '../../ui/dialog';
import { Row } from '../../ui/row';
import { Switch } from '../../ui/switch';
import { toast } from '../../ui/toast';
import { troubleWords } from '../../ui/trouble';

/** 公开电话: my own number, shown to the households I am there for only while I agree. */
export function PublishedPhone() {
  const { data } = useCall('publishedPhone.read');
  const change = usePut('publishedPhone.change');
  if (!data || (data.phone === null && !data.shown)) return null;
  if (data.duty) return <Duty />;
  const turn = async (shown: boolean) => {
    const words = `联系户和来找您的群众能看到 ${data.phone ?? ''}，一点就能打给您。随时可以关掉。`;
    if (shown && !(await confirm({ title: '同意公开电话？', words, yes: '同意公开', no: '先不公开' }))) return;
    change.mutate({ body: { shown } }, { onError: (error) => toast(troubleWords(error)) });
  };
  return (
    <Card bare>
      <Switch
        title="公开我的电话"
        words={data.shown ? '群众一点就能打给您' : '群众现在看不到您的电话'}
        on={data.shown}
        onChange={(shown) => void turn(shown)}
      />
    </Card>
  );
}

const Duty = () => (
  <Card bare>
    <Row icon="phone" title="群众看到的是值班电话" words="要改请联系管理员。" />
  </Card>
);
