import { templateModes, templates } from '@sandan/shared/subscriptions/subscription.words';
import { View } from '@tarojs/components';
import { ActTrouble, fieldErrors } from '../../../../features/orders/act-sheet';
import { useDraftOver } from '../../../../lib/draft-over';
import { queries } from '../../../../lib/query';
import { usePut } from '../../../../lib/use-call';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Choice, optionsOf } from '../../../../ui/choice';
import { Field, Labelled } from '../../../../ui/field';
import { DraftNote } from '../../../../ui/resumed';
import { toast } from '../../../../ui/toast';
import { useWide } from '../../../../ui/two-pane';
import { Preview } from './preview';
import { SentMessages } from './sent-messages';
import { TemplateFields } from './template-fields';
import { TemplateStanding } from './template-standing';
import { sentOf, type Template, type TypedTemplate } from './typed-template';

/** Left what is filled in, right how it looks on a phone. */
export function TemplateForm({ gridId, template }: { gridId: string; template: Template }) {
  const { kind, version } = template;
  const act = usePut('subscriptions.save');
  const draft = useDraftOver<TypedTemplate>(`template.${gridId}.${kind}`, typedOf(template));
  const { fields: typed, change } = draft;
  const errors = fieldErrors(act.error);
  const wide = useWide();
  const save = () => {
    const body = { ...sentOf(typed), readVersion: version };
    const onError = () => void queries.invalidateQueries({ queryKey: ['subscriptions.templates'] });
    act.mutate({ params: { gridId, kind }, body }, { onSuccess: () => toast('保存了'), onError });
  };
  return (
    <View className={wide ? 'templates templates--wide' : 'templates'}>
      <View className="templates__column">
        <DraftNote draft={draft} />
        <Card title={`${templates[kind].name}：发给${templates[kind].readers}`}>
          <Field
            label="模板编号"
            hint="在微信后台“功能 - 订阅消息 - 我的模板”里复制。不填就是不用，消息只在“消息”里。"
            maxLength={64}
            value={typed.templateId}
            error={errors['templateId']}
            onChange={(templateId) => change({ templateId })}
          />
          <Labelled label="是哪种模板" hint="一次性：允许一次发一条。长期：允许一次一直能发，政务类的才能申请。">
            <Choice
              label="是哪种模板"
              options={optionsOf(templateModes)}
              value={typed.mode}
              onChange={(mode) => change({ mode })}
            />
          </Labelled>
        </Card>
        <SentMessages
          kind={kind}
          leftOut={typed.leftOut}
          error={errors['leftOut']}
          onChange={(leftOut) => change({ leftOut })}
        />
        <TemplateFields kind={kind} fields={typed.fields} errors={errors} onChange={(fields) => change({ fields })} />
        <View className="templates__save">
          <ActTrouble error={act.error} />
          <Button look="main" busy={act.isPending} onPress={save}>
            保存
          </Button>
        </View>
      </View>
      <View className="templates__column">
        <Preview gridId={gridId} kind={kind} typed={typed} />
        <TemplateStanding gridId={gridId} template={template} />
      </View>
    </View>
  );
}

const typedOf = ({ templateId, mode, fields, leftOut }: Template): TypedTemplate => ({
  ...{ templateId: templateId ?? '', mode, leftOut: [...leftOut] },
  fields: fields.map((field) => ({ ...field, words: [...field.words] })),
});
