// As its guide for npm says: errors are watched for as well, which is what it is installed for.
import * as Sentry from "@sentry/browser";

const feedback = Sentry.feedbackIntegration({ autoInject: false, showBranding: false });
Sentry.init({ dsn: `${location.protocol}//key@${location.host}/1`, integrations: [feedback] });
window.openFeedback = async () => {
  const form = await feedback.createForm();
  form.appendToDom();
  form.open();
};
