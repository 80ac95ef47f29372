"""Recall: look backs that are cut from the time line of all records, because most of it was known as it now stands.

| module | what is there |
|---|---|
| `groundwork` | what all look backs on one time line share |
| `belated` | whom a day is to be worked out anew for: their records were late, or were to change |
| `cut` | spans as they were on a day |
| `ground_then` | ground under zones that were not known or not drawn yet |
| `custody_then`, `places_then` | custody and the holders of places as they were known |
| `register_then`, `roster` | records as they were known |
| `recalled` | the time line made of it |
"""
