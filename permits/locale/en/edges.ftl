# Roles of plot edges
edge-role-title = Roles of the plot's edges
edge-role-corrected = corrected
edge-role-used = The office corrected the role of the edge { $place } to: { $role }.
edge-role-lost = The edge of a corrected role is not in the present layers, and it was not applied: { $place }, { $role }.
edge-role-edge = Edge
edge-role-length = Length
edge-role-street = Street
edge-role-role = Role
edge-role-new = New role
edge-role-save = Correct the role
edge-role-again = Review again
edge-role-stale = Roles were corrected after this review; the case is not decided before it is reviewed again.
edge-role-running = The automatic review runs again. Its result is shown when the page is opened again.
edge-role-history = Corrections
edge-role-told = Edge { $edge }: from { $named } to { $role }, { $name }
edge-role-told-lost = An edge that is not there today: from { $named } to { $role }, { $name }
edge-role-lost-count = Corrected roles whose edge is not in the present layers: { $count }
