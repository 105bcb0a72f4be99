"""What an owner sees of his own property in the portal: his shares, what stands on the plot, what he owes."""
