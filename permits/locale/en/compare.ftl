# A resubmission beside what it replaces
cli-command-compare = a resubmitted model beside the one before: what was mended and what is new
cli-compare-old = the model before
cli-compare-new = the resubmitted model
cli-compare-json = write the comparison as JSON
compare-course-mended = Findings mended
compare-course-new = New findings
compare-course-stays = Findings that stay
compare-counts = ({ $mended } elements mended, { $newly } newly failing)
compare-elements = Changed elements: { $count } (elements found again under new ids by shape and type: { $rekeyed })
compare-change-added = added
compare-change-removed = removed
compare-change-moved = moved
compare-change-reshaped = reshaped
compare-change-information = its information changed
