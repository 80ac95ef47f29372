// The rules by which records contradict one another, in a few words for a tight place.

const RULES = {
  "guard-against-holder": "guard and ground differ",
  "nobody-guards": "nobody guards it",
  "nobodys-ground": "nobody holds the ground",
  "contested-ground": "ground is claimed",
  "handover-not-confirmed": "handover not confirmed",
  "guard-far-from-own-ground": "guard far from own ground",
  "open-and-closed": "open and closed on one day",
  "event-at-closed": "event after it closed",
  "figure-after-closing": "people counted after it closed",
  "parts-and-total": "parts do not add up",
  "parts-and-head-count": "head count does not add up",
  "sources-disagree": "sources disagree",
};

function ruleWords(rule) {
  return RULES[rule] ?? rule.replaceAll("-", " ");
}
