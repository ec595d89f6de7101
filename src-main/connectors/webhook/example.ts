import type { Scheme } from './receive-message.ts';

/** One report in Docket's own shape (README, "A report in Docket's own shape"). */
const REPORT = '{"subject":{"id":"example-1","text":"Words that somebody reported","place":"general"},"author":{"id":"m-1","name":"Rosa"},"report":{"id":"example-report-1","category":"spam","comment":"Sent for a try"}}';

/** Read before it runs, as one command: pasted lines must not be taken for the answer. */
const ASK = "printf 'Signing secret: '; stty -echo 2>/dev/null; read -r secret; stty echo 2>/dev/null; echo";

/** A shell command that signs one report and sends it; it asks for the secret, so that none stands in it. */
export function exampleCommand(address: string, scheme: Scheme): string {
  const body = `body='${REPORT}'`;
  const send = `curl -sS -X POST '${address}' -H 'content-type: application/json' --data-binary "$body"`;
  if (scheme.kind === 'hmac') {
    return [
      `(${ASK}`, body,
      'signature=$(printf %s "$body" | openssl dgst -sha256 -hmac "$secret" | sed \'s/^.* //\')',
      `${send} \\`,
      `  -H "${scheme.header}: sha256=$signature")`,
    ].join('\n');
  }
  // Standard Webhooks, "Signature scheme": base64 behind whsec_ is the key, over id.timestamp.body.
  return [
    `(${ASK}`, body,
    'id=msg_$(date +%s)-$$ at=$(date +%s)',
    'case $secret in whsec_*) key=hexkey:$(printf %s "${secret#whsec_}" | base64 -d | od -An -v -tx1 | tr -d \' \\n\') ;; *) key=key:$secret ;; esac',
    'signature=$(printf %s "$id.$at.$body" | openssl dgst -sha256 -mac HMAC -macopt "$key" -binary | base64)',
    `${send} \\`,
    '  -H "webhook-id: $id" -H "webhook-timestamp: $at" -H "webhook-signature: v1,$signature")',
  ].join('\n');
}
