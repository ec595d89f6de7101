/**
 * What a mapping can fill, in the order in which a person is asked. Plain data without a schema library, so that the
 * desk may import it at run time.
 */
export const MAPPED_FIELDS = [
  { id: 'subjectId', group: 'subject', title: 'Id of what was reported', help: 'The post’s or message’s own id. Several reports with the same id become one item.' },
  { id: 'subjectType', group: 'subject', title: 'Kind', help: 'Post, message, member or community. A post where it is left out.' },
  { id: 'text', group: 'subject', title: 'Text', help: 'What was reported, as plain text.' },
  { id: 'html', group: 'subject', title: 'Text as HTML', help: 'Where the text comes with markup. It goes through an allow-list.' },
  { id: 'title', group: 'subject', title: 'Title', help: 'Stands before the text.' },
  { id: 'url', group: 'subject', title: 'Address', help: 'Where it can be seen in full.' },
  { id: 'media', group: 'subject', title: 'Pictures and videos', help: 'One or more addresses.' },
  { id: 'postedAt', group: 'subject', title: 'Posted at', help: 'When it was written.' },
  { id: 'place', group: 'subject', title: 'Place', help: 'The channel, forum or thread it stands in.' },
  { id: 'language', group: 'subject', title: 'Language', help: 'A code such as en or pt-BR.' },
  { id: 'authorId', group: 'author', title: 'Author’s id', help: 'Needed for decisions about the member, and for the member’s record.' },
  { id: 'authorName', group: 'author', title: 'Author’s name', help: '' },
  { id: 'authorHandle', group: 'author', title: 'Author’s address', help: 'Such as @rosa@tidepool.example.' },
  { id: 'authorUrl', group: 'author', title: 'Author’s page', help: '' },
  { id: 'reportId', group: 'report', title: 'Report’s id', help: 'Where it is left out, the row’s own content takes its place, so that the same row never counts twice.' },
  { id: 'category', group: 'report', title: 'Category', help: 'What the report complains of.' },
  { id: 'comment', group: 'report', title: 'Comment', help: 'What the reporter wrote.' },
  { id: 'reportedAt', group: 'report', title: 'Reported at', help: 'The time of arrival where it is left out.' },
  { id: 'reporterId', group: 'reporter', title: 'Reporter’s id', help: '' },
  { id: 'reporterName', group: 'reporter', title: 'Reporter’s name', help: '' },
  { id: 'reporterHandle', group: 'reporter', title: 'Reporter’s address', help: '' },
  { id: 'state', group: 'resolution', title: 'State', help: 'Whether it was dealt with already. Open where it is left out.' },
  { id: 'resolvedBy', group: 'resolution', title: 'Dealt with by', help: '' },
  { id: 'resolvedHow', group: 'resolution', title: 'What was done', help: '' },
  { id: 'resolvedAt', group: 'resolution', title: 'Dealt with at', help: '' },
] as const;

export type MappedField = (typeof MAPPED_FIELDS)[number]['id'];
export type MappedGroup = (typeof MAPPED_FIELDS)[number]['group'];
